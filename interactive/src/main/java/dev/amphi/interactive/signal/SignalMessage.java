package dev.amphi.interactive.signal;

/** Anything that is said over the signalling socket; see {@code docs/signalling.md}. */
public sealed interface SignalMessage permits ClientMessage, ServerMessage {}
