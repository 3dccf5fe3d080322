/** The tracks of single participants, on their way from the stage to the recording. */
@NullMarked
package dev.amphi.server.tracks;

import org.jspecify.annotations.NullMarked;
