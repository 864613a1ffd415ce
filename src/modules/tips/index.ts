export { onSourceConcluded } from './open-source.ts';
export { reportRegistrationPaper } from './paper-data.ts';
export { registerTip } from './register-tip.ts';
export { onTraceLeft } from './silence.ts';
