/** Who did what, read from the topic to which every service tells it. */
@NullMarked
package io.campaignlauncher.tools.audit;

import org.jspecify.annotations.NullMarked;
