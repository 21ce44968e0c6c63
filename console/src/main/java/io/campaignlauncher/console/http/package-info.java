/** Pages for a browser, and the other services as they are asked for them. */
@org.jspecify.annotations.NullMarked
package io.campaignlauncher.console.http;
