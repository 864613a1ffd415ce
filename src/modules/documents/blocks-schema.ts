import { z } from 'zod';
import { blankAt } from './blanks.ts';
import type { BlankSpec } from './blanks.ts';
import { compileText } from './text.ts';
import type { Text } from './text.ts';

const Align = z.enum(['left', 'center', 'right', 'justify']);
const RoleName = z.enum(['title', 'body', 'heading', 'kai']);
const Signer = z.enum(['party', 'witness', 'officer']);
const points = z.number().min(5).max(72);
const millimetres = z.number().min(1).max(300);
const fraction = z.number().min(0).max(1);

type Specs = Record<string, BlankSpec>;

/** The types of the `blocks:` of one template: texts are compiled, and may name only its own blanks. */
export function blockTypes(specs: Specs) {
  const known = withItem(specs);
  const text = z.string().transform((source, context): Text => {
    try {
      return compileText(source, known);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
  const blank = z.string().refine((path) => blankAt(known, path) !== undefined, 'no such blank');
  const small = { ...textBlocks(text, blank), ...signingBlocks(text) };
  const cellBlock = z.discriminatedUnion('block', [
    small.paragraph,
    small.fields,
    ticksBlock(text, known),
    small.signoff,
    small.space,
  ]);
  const block = z.discriminatedUnion('block', [
    ...cellBlock.options,
    small.title,
    small.signatures,
    small.seal,
    small.copies,
    small.pages,
    small.notes,
    gridBlock(text, cellBlock),
    listBlock(known),
  ]);
  return { block, cellBlock };
}

/** Inside a block with `each`, `item` is the row at hand and `item.index` counts from 1. */
function withItem(specs: Specs): Specs {
  const of: Specs = {};
  for (const spec of Object.values(specs)) if (spec.type === 'list') Object.assign(of, spec.of);
  of['index'] = { type: 'text', label: '序号', optional: false };
  return { ...specs, item: { type: 'group', label: 'item', optional: false, of } };
}

const fieldType = <T extends z.ZodType<Text>>(text: T) =>
  z.strictObject({
    label: text,
    value: text.optional(),
    width: fraction.optional(),
    /** Whose signature stands in the place of the value. */
    signer: Signer.optional(),
  });

function textBlocks<T extends z.ZodType<Text>, B extends z.ZodType<string>>(text: T, blank: B) {
  const when = blank.optional();
  return {
    title: z.strictObject({
      block: z.literal('title'),
      lines: z.array(text).min(1),
      space: z.number().default(1),
    }),
    paragraph: z.strictObject({
      block: z.literal('paragraph'),
      when,
      each: blank.optional(),
      text,
      indent: z.number().min(0).default(2),
      align: Align.default('justify'),
      size: points.optional(),
      underline: z.boolean().default(true),
      role: RoleName.optional(),
      /** Stay on the page of what follows. */
      keep: z.boolean().default(false),
    }),
    fields: z.strictObject({
      block: z.literal('fields'),
      when,
      each: blank.optional(),
      fields: z.array(fieldType(text)).min(1),
      labelRole: RoleName.default('body'),
      /** Whether the blank is ruled off, as on a line to be written on. */
      ruled: z.boolean().default(true),
      minLines: z.int().min(1).default(1),
      indent: z.number().min(0).default(0),
      size: points.optional(),
    }),
    notes: z.strictObject({
      block: z.literal('notes'),
      label: text,
      items: z.array(text).min(1),
      size: points.default(10.5),
    }),
    space: z.strictObject({ block: z.literal('space'), lines: z.number().min(0).max(20).default(1) }),
  };
}

function signingBlocks<T extends z.ZodType<Text>>(text: T) {
  return {
    signatures: z.strictObject({
      block: z.literal('signatures'),
      lines: z
        .array(
          z.strictObject({
            label: text,
            names: z.int().min(1).max(2).default(1),
            /** Who signs here; `skip`: how many of them signed on the lines above. */
            signer: Signer.optional(),
            skip: z.int().min(0).default(0),
          }),
        )
        .min(1),
      /** The height of a line and the space above the first, in millimetres. */
      pitch: millimetres.default(9),
      above: z.number().min(0).default(0),
      indent: z.number().min(0).default(0),
    }),
    signoff: z.strictObject({
      block: z.literal('signoff'),
      label: text.optional(),
      name: text.optional(),
      date: text.optional(),
      /** Whose day stands here where no date is given. */
      signer: Signer.optional(),
      at: fraction.default(0.5),
      /** The height of a line in em. */
      pitch: z.number().min(1).max(4).default(1.33),
    }),
    seal: z.strictObject({
      block: z.literal('seal'),
      office: text,
      date: text,
      above: z.number().min(0).default(2),
    }),
    copies: z.strictObject({ block: z.literal('copies'), text }),
    pages: z.strictObject({ block: z.literal('pages'), text }),
  };
}

/** Every option of the blank stands on the paper exactly once: a box that is missing could never be ticked. */
function ticksBlock<T extends z.ZodType<Text>>(text: T, specs: Specs) {
  return z
    .strictObject({
      block: z.literal('ticks'),
      of: z.string(),
      rows: z.array(z.array(z.string()).min(1)).min(1),
      columns: z.array(fraction).optional(),
      after: z.record(z.string(), text).default({}),
    })
    .transform((ticks, context) => {
      const spec = blankAt(specs, ticks.of);
      const options = spec !== undefined && 'options' in spec ? spec.options : {};
      const shown = ticks.rows.flat().toSorted();
      if (shown.join() !== Object.keys(options).toSorted().join()) {
        context.addIssue({ code: 'custom', message: `the ticks must show each option of ${ticks.of} once` });
      }
      return { ...ticks, options };
    });
}

function gridBlock<T extends z.ZodType<Text>, C extends z.ZodType>(text: T, cellBlock: C) {
  const Cell = z.strictObject({
    span: z.int().min(1).default(1),
    rows: z.int().min(1).default(1),
    /** What stands in the cell: a label of the form, the value of a blank, or blocks. */
    label: text.optional(),
    value: text.optional(),
    content: z.array(cellBlock).optional(),
    /** Blocks at the bottom of the cell, where it is signed. */
    foot: z.array(cellBlock).default([]),
    align: Align.optional(),
    valign: z.enum(['top', 'middle']).optional(),
    /** One character under the other; a new line begins the next column. */
    vertical: z.boolean().default(false),
    /** How far the characters of an upright label are spread, at most, in em. */
    spread: z.number().min(1).max(4).default(1.35),
    role: RoleName.optional(),
  });
  return z.strictObject({
    block: z.literal('grid'),
    size: points.default(12),
    /** Column widths in millimetres; together they are scaled to the text width. */
    columns: z.array(millimetres).min(1),
    rows: z.array(z.strictObject({ height: millimetres, cells: z.array(Cell) })).min(1),
  });
}

function listBlock(specs: Specs) {
  const Column = z.strictObject({
    label: z.string().min(1),
    width: millimetres,
    /** A blank of the row; without one the column counts the rows. */
    blank: z.string().optional(),
    align: Align.default('left'),
  });
  return z
    .strictObject({
      block: z.literal('list'),
      of: z.string(),
      size: points.default(10.5),
      rowHeight: millimetres.default(8.6),
      headerHeight: millimetres.default(14),
      columns: z.array(Column).min(1),
      totals: z.strictObject({ label: z.string(), sum: z.string(), per: z.string() }).optional(),
      end: z.string().default('以下空白'),
    })
    .superRefine((list, context) => {
      const names = [...list.columns.map((column) => column.blank), list.totals?.sum, list.totals?.per];
      for (const name of names) {
        if (name !== undefined && blankAt(specs, `${list.of}.${name}`) === undefined) {
          context.addIssue({ code: 'custom', message: `${list.of} has no blank ${name}` });
        }
      }
    });
}

type Types = ReturnType<typeof blockTypes>;

/** A block of a template, its texts compiled. */
export type Block = z.infer<Types['block']>;
/** A block that may stand in a cell of a form. */
export type CellBlock = z.infer<Types['cellBlock']>;
/** The block of a given kind. */
export type BlockOf<K extends Block['block']> = Extract<Block, { block: K }>;
