package dev.amphi.server.push;

import dev.amphi.packager.push.Destination;

/**
 * What somebody wants to be pushed.
 *
 * @param name for people
 * @param rendition the picture that is wanted, as {@code 720p}; "" for the largest
 */
record PushSpec(String id, String name, Destination destination, String rendition) {}
