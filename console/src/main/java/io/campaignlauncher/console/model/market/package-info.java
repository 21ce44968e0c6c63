/** What the pages of the marketplace show, in words for advertisers, publishers and moderators. */
@org.jspecify.annotations.NullMarked
package io.campaignlauncher.console.model.market;
