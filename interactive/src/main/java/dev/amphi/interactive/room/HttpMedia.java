package dev.amphi.interactive.room;

/**
 * A peer connection that was made over HTTP (WHIP or WHEP), until it is deleted or lost.
 *
 * @param id unguessable; the last part of the session's URL
 * @param participantId who made it
 * @param answer the SDP answer
 * @param end ends it; may be run on any thread, more than once
 */
public record HttpMedia(String id, String participantId, String answer, Runnable end) {}
