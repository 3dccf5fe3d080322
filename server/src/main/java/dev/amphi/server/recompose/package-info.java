/**
 * A class composed again of its tracks: the packager's files in, the composer's process, an MP4.
 */
@NullMarked
package dev.amphi.server.recompose;

import org.jspecify.annotations.NullMarked;
