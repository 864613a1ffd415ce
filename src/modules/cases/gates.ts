import data from '../../data/gates.json' with { type: 'json' };
import { type AppError, conflict, type FieldError, unprocessable } from '../../shared/errors.ts';

/** The gates of the procedure, by their number in the rule book. */
export type GateId = keyof typeof data.gates;

/** Every gate with its name and articles, in order. */
export const GATES: Record<GateId, { zh: string; en: string; article: string }> = data.gates;

type Params = Record<string, unknown>;

/** 409: the step is barred as things stand; the refusal names its gate and article. */
export const barred = (gate: GateId, code: string, params: Params = {}): AppError =>
  conflict(code, { gate, article: GATES[gate].article, ...params });

/** 422: what was entered does not pass the gate. */
export const notPassed = (gate: GateId, code: string, errors?: FieldError[], params: Params = {}): AppError =>
  unprocessable(code, { gate, article: GATES[gate].article, ...params }, errors);
