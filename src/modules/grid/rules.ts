import { unprocessable } from '../../shared/errors.ts';
import type { AreaView } from './schemas.ts';

type Level = AreaView['level'];

const DEPTH: Record<Level, number> = { street: 0, community: 1, grid: 2, micro_grid: 3 };

/** A grid area lies in a larger one: street → community → general grid → micro-grid. 422 `grid.level_order`. */
export function requireLarger(parent: Level, child: Level): void {
  if (DEPTH[parent] >= DEPTH[child]) throw unprocessable('grid.level_order', { parent, child });
}
