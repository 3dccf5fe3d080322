/** Sends coded samples to a platform over SRT, in a process of its own. */
@NullMarked
package dev.amphi.composer.push;

import org.jspecify.annotations.NullMarked;
