/** The journal, its writer, and the MP4 that is made of it. */
@NullMarked
package dev.amphi.packager.recording;

import org.jspecify.annotations.NullMarked;
