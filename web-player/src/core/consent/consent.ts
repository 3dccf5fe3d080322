/** What the server knows of somebody's word on being in the program; missing holds as given. */
export type Consent = 'given' | 'declined' | 'forbidden';

/** The question, and what either answer means; the same words wherever it is asked. */
export const QUESTION = 'May the audience see and hear you?';

export function consequence(given: boolean, recording: boolean): string {
  return given
    ? `Yes: the audience sees and hears you, and you ${recording ? 'are' : 'may be'} in the recording.`
    : 'No: you stand on the stage with the others, but neither the audience nor the recording sees or hears you.';
}

/** What the token's word means for somebody who cannot answer the question. */
export const FORBIDDEN =
  'Your link says that you are not broadcast or recorded: you stand on the stage with the others, but neither the audience nor the recording sees or hears you.';

/** Whether somebody's picture and sound may be in the program. */
export function inBroadcast({ consent }: { readonly consent?: Consent }): boolean {
  return consent === undefined || consent === 'given';
}

/**
 * What has to be said to the server before anything is published, or null.
 *
 * @param answer what the person answered; null where nobody asked
 * @param known what the server knows
 */
export function toSay(answer: boolean | null, known: Consent | undefined): boolean | null {
  if (answer === null || known === 'forbidden') {
    return null;
  }
  return known === (answer ? 'given' : 'declined') ? null : answer;
}

/** Whether somebody's tile says that they are not in the broadcast: to those whom it concerns. */
export function marked(
  person: { readonly id: string; readonly consent?: Consent },
  viewer: { readonly id: string; readonly leads: boolean } | null,
): boolean {
  return !inBroadcast(person) && viewer !== null && (viewer.leads || viewer.id === person.id);
}
