package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.open;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What stands around all pages: styles and scripts, the theme, the components. */
final class House implements Area {

    private static final URI LAUNCHES = URI.create("/console");

    private final Assets assets;
    private final Theme theme;
    private final Pages pages;

    House(Assets assets, Theme theme, Pages pages) {
        this.assets = assets;
        this.theme = theme;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(open("GET", "/"),
                        _ -> ServerResponse.status(HttpStatus.SEE_OTHER).location(LAUNCHES).build()),
                new Route(open("GET", "/console/assets/{hash}/{name}"), assets::get),
                new Route(open("POST", "/console/theme"), theme::choose),
                new Route(people("GET", "/console/design"), pages.page(request -> pages.write(request.exchange(),
                        "design.jte", "Components", Section.NONE, Map.of()))));
    }
}
