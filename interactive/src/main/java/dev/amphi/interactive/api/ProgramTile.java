package dev.amphi.interactive.api;

import dev.amphi.interactive.api.TrackView.Source;

/**
 * Where somebody's picture is to be seen in the room's program, or its place as long as there is
 * none.
 *
 * @param source camera or screen
 * @param width pixels of the largest picture that the program is coded in
 * @param height the same
 */
public record ProgramTile(String participantId, Source source, int width, int height) {}
