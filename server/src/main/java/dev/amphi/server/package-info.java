@NullMarked
package dev.amphi.server;

import org.jspecify.annotations.NullMarked;
