import type { Block, BlockOf } from './blocks-schema.ts';
import type { Frame } from './frame.ts';
import { gridBlock } from './grid.ts';
import { listBlock } from './list.ts';
import { fieldsPieces, notesPieces, paragraphPieces, titlePieces } from './paragraphs.ts';
import { isDivisible } from './piece.ts';
import type { Laid, Piece } from './piece.ts';
import {
  copiesPieces,
  pagesPieces,
  sealPieces,
  signaturesPieces,
  signoffPieces,
  ticksPieces,
} from './signing.ts';

/** How each kind of block is laid. */
const LAYERS: { [K in Block['block']]: (block: BlockOf<K>, frame: Frame) => Laid[] } = {
  title: titlePieces,
  paragraph: paragraphPieces,
  fields: fieldsPieces,
  notes: notesPieces,
  ticks: ticksPieces,
  signatures: signaturesPieces,
  signoff: signoffPieces,
  seal: sealPieces,
  copies: copiesPieces,
  pages: pagesPieces,
  grid: (block, frame) => [gridBlock(block, frame, layPieces)],
  list: (block, frame) => [listBlock(block, frame)],
  space: (block, frame) => [{ height: block.lines * frame.pitch, nodes: [], rules: [] }],
};

/** Lays one block in a frame. */
export function layBlock(block: Block, frame: Frame): Laid[] {
  // The key picks the function of the block's own kind; TypeScript does not follow the two together.
  const lay = LAYERS[block.block] as (block: Block, frame: Frame) => Laid[];
  return lay(block, frame);
}

/** Lays a block that is never divided; a form or a list gives nothing. */
export const layPieces = (block: Block, frame: Frame): Piece[] =>
  layBlock(block, frame).filter((laid): laid is Piece => !isDivisible(laid));
