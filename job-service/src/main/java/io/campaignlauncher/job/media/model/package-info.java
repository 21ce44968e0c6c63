/** Rules of images and videos. */
@NullMarked
package io.campaignlauncher.job.media.model;

import org.jspecify.annotations.NullMarked;
