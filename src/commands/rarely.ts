// The sessions of the commands that change a project later, in one piece: each piece of its own would cut what all commands share into more files.
export { runApply } from './apply/session.ts';
export { runRemove } from './remove/session.ts';
export { runUpdate } from './update/session.ts';
