/** A question to the class with its answers, as the server tells it. */
export interface Poll {
  readonly id: string;
  readonly question: string;
  readonly options: readonly string[];
  /** The program's wall clock when it was asked, ISO 8601; missing while there is no program. */
  readonly media_at?: string | null;
  /** Whether answers are still taken. */
  readonly open: boolean;
  /** How many chose each; while it is open only those who moderate are told. */
  readonly votes?: readonly number[];
  /** How many have answered; told with `votes`. */
  readonly voters?: number;
}

/** What a welcome says of it besides. */
export interface PollWithMine extends Poll {
  /** The index of one's own choice; missing where one has not voted. */
  readonly mine?: number;
}

/** The poll as the page knows it. */
export interface KnownPoll extends PollWithMine {
  /** What was pressed and is not answered yet. */
  readonly pressed?: number;
}

/** After an event of the server, which goes to everybody alike: one's own choice is the page's to keep. */
export function told(before: KnownPoll | null, poll: Poll | null): KnownPoll | null {
  if (!poll || before?.id !== poll.id) {
    return poll;
  }
  const { mine, pressed } = before;
  return {
    ...poll,
    ...(mine !== undefined && { mine }),
    ...(pressed !== undefined && { pressed }),
  };
}

/**
 * After a snapshot of the server, which knows what one chose; what it has not answered yet is sent
 * again.
 */
export function welcomedWith(
  before: KnownPoll | null,
  poll: PollWithMine | undefined,
): KnownPoll | null {
  const pressed = before && before.id === poll?.id ? before.pressed : undefined;
  return poll ? { ...poll, ...(pressed !== undefined && { pressed }) } : null;
}

/** One's own choice; what was pressed counts as such at once. */
export function chosen(poll: KnownPoll): number | undefined {
  return poll.pressed ?? poll.mine;
}

/** After one's own press, and before the server's word on it. */
export function pressedOn(poll: KnownPoll | null, id: string, option: number): KnownPoll | null {
  return poll?.id === id ? { ...poll, pressed: option } : poll;
}

/**
 * After the server's word on a press; refused, the choice is again the one that the server took last.
 *
 * @param last whether nothing was pressed since
 */
export function answered(
  poll: KnownPoll | null,
  id: string,
  option: number,
  taken: boolean,
  last: boolean,
): KnownPoll | null {
  if (poll?.id !== id) {
    return poll;
  }
  const { pressed, ...rest } = poll;
  return {
    ...rest,
    ...(taken && { mine: option }),
    ...(!last && pressed !== undefined && { pressed }),
  };
}

/**
 * Whether somebody sees it whose playhead stands at `playheadMs` of the program's wall clock: who is
 * behind sees it when the teacher speaks of it. Who has answered it, perhaps before the page was
 * loaded anew, has seen it. Null for who plays no program: it is seen at once. So it is with the
 * result: it is there as soon as the poll is.
 */
export function isReached(poll: KnownPoll, playheadMs: number | null): boolean {
  const at = poll.media_at ? Date.parse(poll.media_at) : Number.NaN;
  return (
    playheadMs === null ||
    Number.isNaN(at) ||
    at <= playheadMs ||
    poll.mine !== undefined ||
    poll.pressed !== undefined
  );
}
