import type { Consent } from '../consent/consent.ts';
import type { Stroke } from '../board/strokes.ts';
import type { SlidesUp } from '../slides/pages.ts';
import type { CursorSeen } from '../board/pointers.ts';
import type { Poll, PollWithMine } from '../polls/poll.ts';
import type { Reaction } from '../reactions/reactions.ts';

/** The messages of `amphi.v1` as `docs/signalling.md` defines them; field names are the wire's. */

export type Role = 'instructor' | 'moderator' | 'student' | 'viewer';

export type StageState =
  | 'waiting'
  | 'off_stage'
  | 'requested'
  | 'invited'
  | 'accepted'
  | 'declined'
  | 'backstage'
  | 'on_stage'
  | 'removed';

export type ClassState =
  | 'scheduled'
  | 'lobby'
  | 'live'
  | 'interrupted'
  | 'ended'
  | 'processing'
  | 'published'
  | 'cancelled';

export type Source = 'microphone' | 'camera' | 'screen' | 'screen_audio';
export type Kind = 'audio' | 'video';

export interface Track {
  readonly id: string;
  readonly kind: Kind;
  readonly source: Source;
  readonly codec?: string;
  readonly muted: boolean;
}

export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly state: StageState;
  readonly tracks: readonly Track[];
  readonly hand_at?: string;
  /** Its socket has been gone for some seconds; it may be back at any moment. */
  readonly away?: boolean;
  /** Whether they are in the program; missing holds as given. */
  readonly consent?: Consent;
}

/** What changed about somebody: a JSON merge patch (RFC 7396), null where a field is gone. */
export type PersonPatch = { readonly id: string } & {
  readonly [F in keyof Omit<Participant, 'id'>]?: Participant[F] | null;
};

/** What the program goes without for now; told to those who moderate or are on stage. */
export interface ProgramNotice {
  /** The last thing that was given up while the machine is busy, each including those before it. */
  readonly without: '' | 'frame_rate' | 'preset' | 'resolution' | 'student_video';
  /** How often it had to be started again since the class began; an older server does not say. */
  readonly restarts?: number;
  /** Ids of the tracks that made it fail again and again, and are not in it any more. */
  readonly shut_out: readonly string[];
  /** Ids of the tracks whose pictures cost too much to decode and are left out for now. */
  readonly resting?: readonly string[];
}

/** What is the matter with the last recording; told to those who moderate. */
export interface RecordingNotice {
  /** It stopped, or no video could be made of it. */
  readonly failed: boolean;
  /** What happened, or will, and what to do; empty when all goes well. */
  readonly detail: string;
  /** Why the object store does not have it yet; empty when nothing keeps it. */
  readonly stored_detail: string;
}

export interface Room {
  readonly id: string;
  readonly title: string;
  readonly state: ClassState;
  readonly audience: 'open' | 'token';
  readonly live: boolean;
  readonly recording: boolean;
  /** The recording is on and keeps nothing for now; null or missing when it does. */
  readonly recording_paused?: boolean | null;
  /** Each person on stage is kept in files of their own with it. */
  readonly recording_tracks?: boolean | null;
  /** Not there when all is well, and for those who do not moderate. */
  readonly recording_notice?: RecordingNotice | null;
  /** The names of the other platforms that the class goes to; empty for one without a name. */
  readonly pushes?: readonly string[] | null;
  readonly layout: string;
  /** The page of slides that is up; null, or missing, when none is. */
  readonly slides?: SlidesUp | null;
  /** Who leads the picture; empty when nobody does, not there for the audience. */
  readonly spotlight?: string | null;
  /** Those who are heard but have no tile in the program; not there for the audience. */
  readonly hidden?: readonly string[] | null;
  /** Not there when all is well, and for the audience. */
  readonly program?: ProgramNotice | null;
  readonly epoch?: number;
  readonly viewers?: number;
  /** When the class is to begin, ISO 8601; null or missing when nobody said so. */
  readonly starts_at?: string | null;
  /** When the break that there is now is to end, ISO 8601; null or missing outside of breaks. */
  readonly break_until?: string | null;
  /** Nobody new comes in. */
  readonly locked?: boolean;
  /** Students wait until they are admitted. */
  readonly waiting_room?: boolean;
}

export interface ChatMessage {
  readonly id: string;
  readonly from: { readonly id: string; readonly name: string; readonly role: Role };
  readonly text: string;
  /** Wall clock, ISO 8601. */
  readonly at: string;
  /** The program's wall clock when it was said; missing while there is no program. */
  readonly media_at?: string | null;
}

/** What every message carries besides its own fields. */
export interface Envelope {
  readonly type: string;
  readonly n?: number;
  readonly ack?: number;
  readonly re?: number;
}

/** How somebody's link does. */
export type Quality = 'good' | 'weak' | 'poor';

/** A relay, as RTCPeerConnection takes it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface Welcome extends Envelope {
  readonly type: 'welcome';
  readonly session: string;
  readonly resumed: boolean;
  /** What this browser is to call itself when it comes again without a token. */
  readonly guest?: string;
  readonly self: Participant;
  /** The version of the snapshot; it and the next five are missing where nothing was missed. */
  readonly v?: number;
  readonly room?: Room;
  readonly participants?: readonly Participant[];
  readonly chat?: readonly ChatMessage[];
  /** Who speaks, or "". */
  readonly speaker?: string;
  /** The question to the class; missing in a snapshot while there is none. */
  readonly poll?: PollWithMine;
  readonly iceServers?: readonly IceServer[];
  /** How often the page tells what its browser measures; missing where nobody asks. */
  readonly stats_every_ms?: number;
}

export interface ErrorMessage extends Envelope {
  readonly type: 'error';
  readonly code: string;
  readonly status?: number;
  readonly title?: string;
  readonly detail?: string;
}

export type RoomEvent =
  | Welcome
  | (Envelope & {
      readonly type: 'changes';
      readonly v: number;
      readonly room?: Partial<Room>;
      readonly participants?: readonly PersonPatch[];
      /** Who left, by id, and why. */
      readonly left?: Readonly<Record<string, string>>;
    })
  | (Envelope & {
      readonly type: 'token_expiring';
      /** Wall clock, ISO 8601. */
      readonly expires_at: string;
      readonly in_s: number;
    })
  | (Envelope & { readonly type: 'speaker'; readonly participant: string })
  | (Envelope & ChatMessage & { readonly type: 'chat' })
  | (Envelope & {
      readonly type: 'encodings';
      readonly mid: string;
      readonly active: Readonly<Record<string, boolean>>;
    })
  | (Envelope & {
      readonly type: 'subscription';
      readonly mid: string;
      readonly state: 'on' | 'paused';
    })
  | (Envelope & { readonly type: 'quality'; readonly levels: Readonly<Record<string, Quality>> })
  | (Envelope & Reaction & { readonly type: 'reaction' })
  /** The question to the class as it is now; null when it was taken away. */
  | (Envelope & { readonly type: 'poll'; readonly poll: Poll | null })
  /** Gestures come this way to those without a data channel for them. */
  | (Envelope & CursorSeen & { readonly type: 'cursor' })
  | (Envelope & Stroke & { readonly type: 'stroke' })
  /** All strokes that are kept; stands for whatever was drawn before. */
  | (Envelope & {
      readonly type: 'board';
      readonly strokes: readonly Stroke[];
      /** Adds to the one before, instead of standing for the whole board. */
      readonly continued?: boolean;
    })
  | (Envelope & { readonly type: 'undone'; readonly from: string; readonly id: string })
  | (Envelope & { readonly type: 'ice_servers'; readonly iceServers: readonly IceServer[] })
  | (Envelope & {
      readonly type: 'closing';
      readonly code: string | number;
      readonly detail?: string;
      readonly retry_after_ms?: number;
    });

export type ServerMessage = Envelope & Readonly<Record<string, unknown>>;

/** The wire's words that a role grants; the server decides, the page only hides what is refused. */
export function moderates(role: Role): boolean {
  return role === 'instructor' || role === 'moderator';
}

/** States in which the server takes a participant's media. */
export function mayPublish(state: StageState): boolean {
  return state === 'accepted' || state === 'backstage' || state === 'on_stage';
}

/** A command was turned down; `message` is the server's sentence for the person. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    detail: string,
    readonly status = 0,
  ) {
    super(detail);
    this.name = 'Refused';
  }
}
