export type { AttachmentAccess, Subject, SubjectAccess } from './access.ts';
export { diskStore } from './disk-store.ts';
export { discardContent, keepContent } from './keep-content.ts';
export { keepFile, type ReceivedFile, storeConfidential } from './upload-attachment.ts';
export { s3Store, type S3Setting } from './s3-store.ts';
