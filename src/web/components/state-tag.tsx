import { Tag } from 'antd';
import { word } from './format.ts';

/** How far a state is: still to be done, under way, well ended, badly ended, ended. */
const COLOURS: Record<string, string> = {
  received: 'processing',
  registered: 'processing',
  proposed: 'processing',
  drafted: 'processing',
  draft: 'processing',
  planned: 'processing',
  collected: 'processing',
  pending: 'warning',
  awaiting_identity: 'warning',
  verifying: 'cyan',
  investigating: 'cyan',
  testing: 'cyan',
  in_force: 'cyan',
  issued: 'success',
  approved: 'success',
  reported: 'success',
  settled: 'success',
  expired: 'error',
  refused: 'error',
  rejected: 'error',
  void: 'error',
};

/** The state of a thing, in words. */
export const StateTag = ({ kind, state }: { kind: string; state: string | null | undefined }) =>
  state ? <Tag color={COLOURS[state] ?? 'default'}>{word(`state.${kind}`, state)}</Tag> : null;
