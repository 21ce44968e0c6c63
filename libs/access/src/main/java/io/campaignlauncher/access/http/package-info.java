/** How a request over HTTP shows who asks. */
@NullMarked
package io.campaignlauncher.access.http;

import org.jspecify.annotations.NullMarked;
