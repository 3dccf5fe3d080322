package dev.amphi.server.room;

import dev.amphi.composer.api.Composer;
import dev.amphi.interactive.api.Stage;
import dev.amphi.packager.api.Packager;
import dev.amphi.server.consent.ConsentBook;
import dev.amphi.server.push.Pushes;

/**
 * The node's parts that each class runs on.
 *
 * @param keepTracks whether the tracks of single participants are kept with each recording, unless
 *     somebody says otherwise
 */
public record NodeParts(
    Stage stage,
    Composer composer,
    Packager packager,
    RoomCounters counters,
    RoomStore store,
    ClassClock clock,
    ConsentBook consents,
    Pushes pushes,
    boolean keepTracks,
    ClassNews news) {}
