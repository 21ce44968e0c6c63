/** What pages show, in words for media buyers. */
@org.jspecify.annotations.NullMarked
package io.campaignlauncher.console.model;
