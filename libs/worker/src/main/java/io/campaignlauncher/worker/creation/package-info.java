/** What creators send, for whoever has to know it before it is sent. */
@NullMarked
package io.campaignlauncher.worker.creation;

import org.jspecify.annotations.NullMarked;
