/** Small classes that join the modules' ports. */
@NullMarked
package dev.amphi.server.adapter;

import org.jspecify.annotations.NullMarked;
