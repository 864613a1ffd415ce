import type { Selectable } from 'kysely';
import type { Documents } from '../../db/schema.ts';
import type { Vault } from '../../shared/vault.ts';

type DataColumns = Pick<Selectable<Documents>, 'data' | 'dataSealed' | 'dataKeyId' | 'dataAlg'>;

/** The blanks as they are stored: as they are, or sealed where they name the reporter. */
export function packData(vault: Vault, data: Record<string, unknown>, sealed: boolean) {
  if (!sealed) return { data: JSON.stringify(data), dataSealed: null, dataKeyId: null, dataAlg: null };
  const { data: bytes, keyId, alg } = vault.seal(JSON.stringify(data));
  return { data: '{}', dataSealed: bytes, dataKeyId: keyId, dataAlg: alg };
}

/** The blanks of a row. */
export function unpackData(vault: Vault, row: DataColumns): Record<string, unknown> {
  if (!row.dataSealed || row.dataKeyId === null || row.dataAlg === null)
    return row.data as Record<string, unknown>;
  const plain = vault.open({ keyId: row.dataKeyId, alg: row.dataAlg, data: row.dataSealed });
  return JSON.parse(plain) as Record<string, unknown>;
}

/** Whether a row's content is sealed. */
export const isSealed = (row: Pick<DataColumns, 'dataKeyId'>): boolean => row.dataKeyId !== null;

/** A PDF as it lies in the store: the vault seals text. */
export const packPdf = (vault: Vault, pdf: Buffer): { bytes: Buffer; keyId: string; alg: string } => {
  const { data, keyId, alg } = vault.seal(pdf.toString('base64'));
  return { bytes: data, keyId, alg };
};

/** The PDF from what lies in the store. */
export const unpackPdf = (vault: Vault, bytes: Buffer, key: { keyId: string; alg: string }): Buffer =>
  Buffer.from(vault.open({ ...key, data: bytes }), 'base64');
