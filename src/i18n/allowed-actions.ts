import type { Ctx, TxCtx } from '../context.ts';
import { AppError } from '../shared/errors.ts';
import type { AllowedAction } from '../shared/schemas.ts';
import { text } from './index.ts';

/**
 * An action of a flow and the rules it must pass. `check` throws the very AppError the use case would throw; it
 * must not touch the database: what it needs is loaded before.
 */
export type ActionCheck = { action: string; permission: string; check?: () => unknown };

/** Which of `actions` this caller may do now, with the sentence, gate and article where one is barred. */
export function allowedActions(ctx: Ctx | TxCtx, actions: readonly ActionCheck[]): AllowedAction[] {
  return actions.map(({ action, permission, check }) => {
    const refusal = refusalOf(check);
    if (refusal) return { action, allowed: false, ...sentence(ctx, refusal.code, refusal.params) };
    if (!ctx.actor.permissions.has(permission)) {
      return { action, allowed: false, ...sentence(ctx, 'auth.forbidden', { permission }) };
    }
    return { action, allowed: true };
  });
}

function refusalOf(check: (() => unknown) | undefined): AppError | undefined {
  try {
    check?.();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function sentence(ctx: Ctx | TxCtx, code: string, params: Record<string, unknown>) {
  const { gate, article } = params;
  return {
    code,
    reason: text(ctx.locale, code, params),
    ...(typeof gate === 'string' ? { gate } : {}),
    ...(typeof article === 'string' ? { article } : {}),
  };
}
