// What the adapter knows and this program needs too, from the adapter's own files: there is no copy that could disagree.
export { LEAST_REDIS } from '../adapter/src/least.ts';
export { refusalOf } from '../adapter/src/refusals.ts';
export { DURATION_RULE, durationOf, NEVER } from '../adapter/src/retention.ts';
