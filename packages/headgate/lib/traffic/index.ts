export { ENTRY_TYPES } from './entries';
export { Fault } from './fault';
export type { Destination, DestinationType, Outcome, TraceEntry } from './outcome';
export type { Quality } from './quality';
export type { HttpRequest, RequestOptions } from './request';
export type { HopKind } from './step';
export { type Answer, type TemplateOptions, Traffic } from './traffic';
