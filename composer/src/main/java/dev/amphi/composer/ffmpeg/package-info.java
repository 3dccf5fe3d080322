/** The codecs and the compositor on FFmpeg's libraries; the only importer of their bindings. */
@NullMarked
package dev.amphi.composer.ffmpeg;

import org.jspecify.annotations.NullMarked;
