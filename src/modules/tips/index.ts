export { onSourceConcluded } from './open-source.ts';
export { reportRegistrationPaper } from './paper-data.ts';
export { registerTip } from './register-tip.ts';
export { onTraceLeft } from './silence.ts';
export { followByCode, type Followed } from './follow-by-code.ts';
export { type PublicTip, type Receipt, registerByPublic } from './register-by-public.ts';
export { RegisterTipBody, type TipKind } from './schemas.ts';
