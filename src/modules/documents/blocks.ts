import type { Block } from './blocks-schema.ts';
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

/** Lays one block in a frame. */
export function layBlock(block: Block, frame: Frame): Laid[] {
  switch (block.block) {
    case 'title':
      return titlePieces(block, frame);
    case 'paragraph':
      return paragraphPieces(block, frame);
    case 'fields':
      return fieldsPieces(block, frame);
    case 'notes':
      return notesPieces(block, frame);
    case 'grid':
      return [gridBlock(block, frame, layPieces)];
    case 'list':
      return [listBlock(block, frame)];
    default:
      return laySigning(block, frame);
  }
}

type Signing = Extract<
  Block,
  { block: 'signatures' | 'signoff' | 'seal' | 'copies' | 'pages' | 'ticks' | 'space' }
>;

function laySigning(block: Signing, frame: Frame): Piece[] {
  switch (block.block) {
    case 'signatures':
      return signaturesPieces(block, frame);
    case 'signoff':
      return signoffPieces(block, frame);
    case 'seal':
      return sealPieces(block, frame);
    case 'copies':
      return copiesPieces(block, frame);
    case 'pages':
      return pagesPieces(block, frame);
    case 'ticks':
      return ticksPieces(block, frame);
    case 'space':
      return [{ height: block.lines * frame.pitch, nodes: [], rules: [] }];
  }
}

/** Lays a block that is never divided; a form or a list gives nothing. */
export const layPieces = (block: Block, frame: Frame): Piece[] =>
  layBlock(block, frame).filter((laid): laid is Piece => !isDivisible(laid));
