package io.campaignlauncher.console.http;

import java.util.List;

/** Pages that belong together. */
interface Area {

    /** In the order in which they are looked at. */
    List<Route> routes();
}
