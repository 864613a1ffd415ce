import { z } from 'zod';
import { column, fieldsOf, listWords } from '../../db/list-schemas.ts';
import { DayText, Line } from '../../shared/schemas.ts';

export const DivisionLevel = z.enum(['province', 'city', 'county', 'street']);
export const AreaLevel = z.enum(['street', 'community', 'grid', 'micro_grid']);

const DivisionCode = z.string().regex(/^\d{6}(\d{3})?$/);

/** The children of one division; without `parent` the provinces. */
export const DivisionFilter = z.strictObject({
  parent: DivisionCode.optional(),
  includeAbolished: z.enum(['true', 'false']).default('false'),
});
export type DivisionFilter = z.infer<typeof DivisionFilter>;

export const DivisionView = z.object({
  code: z.string(),
  parentCode: z.string().nullable(),
  level: DivisionLevel,
  name: z.string(),
  edition: z.string(),
  abolishedOn: z.iso.date().nullable(),
});
export type DivisionView = z.infer<typeof DivisionView>;

export const DivisionList = z.object({ items: z.array(DivisionView) });

/** A grid area: street → community → general grid → micro-grid. */
export const CreateAreaBody = z.strictObject({
  parentId: z.uuid().optional(),
  level: AreaLevel,
  divisionCode: DivisionCode.optional(),
  name: Line(100),
  unitId: z.uuid().optional(),
});
export type CreateAreaBody = z.infer<typeof CreateAreaBody>;

export const AmendAreaBody = z.strictObject({
  name: Line(100).optional(),
  divisionCode: DivisionCode.nullable().optional(),
  unitId: z.uuid().nullable().optional(),
});
export type AmendAreaBody = z.infer<typeof AmendAreaBody>;

export const WorkerView = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  name: z.string(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
});
export type WorkerView = z.infer<typeof WorkerView>;

export const AreaView = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  level: AreaLevel,
  divisionCode: z.string().nullable(),
  name: z.string(),
  unitId: z.uuid().nullable(),
  /** Who knows this area today. */
  workers: z.array(WorkerView),
  version: z.int(),
});
export type AreaView = z.infer<typeof AreaView>;

/** GET /api/grid/areas: one level of the tree under `parent`; of the whole bureau where a level or `q` is given. */
export const AreaFilter = z.strictObject({
  q: listWords.q,
  parent: z.uuid().optional(),
  level: AreaLevel.optional(),
  unitId: z.uuid().optional(),
});
export type AreaFilter = z.infer<typeof AreaFilter>;

export const AREA_COLUMNS = {
  name: column.name,
  level: column.choice(AreaLevel, 'word.areaLevel'),
  divisionCode: column.text,
  parentName: column.text,
  unitName: column.text,
  workers: column.named(z.array(WorkerView)),
} as const;

/** An area in a list. */
export const AreaRow = AreaView.extend(fieldsOf(AREA_COLUMNS));
export type AreaRow = z.infer<typeof AreaRow>;

export const AssignWorkerBody = z.strictObject({ userId: z.uuid(), from: DayText });
export type AssignWorkerBody = z.infer<typeof AssignWorkerBody>;

export const EndWorkerBody = z.strictObject({ to: DayText });
export type EndWorkerBody = z.infer<typeof EndWorkerBody>;
