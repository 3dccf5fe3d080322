@NullMarked
package dev.amphi.interactive;

import org.jspecify.annotations.NullMarked;
