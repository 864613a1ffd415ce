export { type DocumentServed, recordService, type Served, type ServiceDone } from './record-service.ts';
export { servicesOf } from './queries.ts';
