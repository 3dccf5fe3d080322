package dev.amphi.interactive.api;

/**
 * What everybody in a room sees of the class; the server owns it and pushes each change.
 *
 * @param state the class's life-cycle word: {@code scheduled, lobby, live, interrupted, ended,
 *     processing, published, cancelled}
 * @param audience {@code open} or {@code token}
 * @param recording the recording switch
 * @param layout the layout's wire name, as {@code speaker}
 * @param epoch rises each time the room changes its owner
 */
public record RoomStatus(
    String id,
    String title,
    String state,
    String audience,
    boolean live,
    boolean recording,
    String layout,
    long epoch) {}
