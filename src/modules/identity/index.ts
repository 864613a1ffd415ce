export { findActorByKey, findActorBySession, type SessionActor, type SessionLimits } from './find-actor.ts';
export { certifiedOfficers, type CertifiedOfficer } from './certified-officers.ts';
