package dev.amphi.server.room;

import dev.amphi.composer.api.Composer;
import dev.amphi.interactive.api.Stage;
import dev.amphi.packager.api.Packager;
import dev.amphi.server.consent.ConsentBook;

/** The node's parts that each class runs on. */
public record NodeParts(
    Stage stage,
    Composer composer,
    Packager packager,
    RoomCounters counters,
    RoomStore store,
    ClassClock clock,
    ConsentBook consents) {}
