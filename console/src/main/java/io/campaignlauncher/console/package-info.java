/** The web page of media buyers and operators, as a service of its own. */
@org.jspecify.annotations.NullMarked
package io.campaignlauncher.console;
