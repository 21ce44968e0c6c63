package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Problems;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.tables.LedgerCheck;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.moderation.channels.ChannelLook;
import io.campaignlauncher.moderation.store.AuditQueries;
import io.campaignlauncher.moderation.store.Decisions;
import io.campaignlauncher.moderation.store.KillSwitches;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.moderation.store.MarketSettings;
import io.campaignlauncher.moderation.store.ReviewQueries;
import io.campaignlauncher.moderation.store.WalletQueries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes and what is behind them. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    private static final Duration CHECK_WITHIN = Duration.ofSeconds(30);

    /** What these routes do, they do for a user: whoever sits at the machine shows who they are, too. */
    @Bean
    RouteTable routeTable() {
        return new RouteTable(MarketRoute.rules()).forTokensOnly();
    }

    @Bean
    MarketHealth marketHealth(DataSource dataSource, KillSwitches switches, MarketQueries queries,
            @Qualifier("accessProgress") ObjectProvider<Progress> access, MarketSettings settings,
            MeterRegistry meters) {
        return new MarketHealth(new LedgerCheck(dataSource, EventStoreSchema.MARKETPLACE.name(), CHECK_WITHIN),
                switches,
                queries, access.getIfAvailable(), settings.ledgerCheckEvery(), meters);
    }

    @Bean
    RouterFunction<ServerResponse> marketRoutes(Decisions decisions, MarketQueries queries, ReviewQueries reviews,
            WalletQueries wallets, AuditQueries audit, KillSwitches switches, MarketHealth health, ChannelLook look,
            Clock clock) {
        var deciding = new Deciding(decisions);
        var campaigns = new CampaignRoutes(deciding, queries);
        var targets = new TargetRoutes(deciding, queries, reviews);
        var moderation = new ModerationRoutes(deciding, queries, reviews);
        var money = new MoneyRoutes(deciding, wallets, clock);
        var operations = new OperationRoutes(switches, health);
        var channels = new ChannelRoutes(deciding, queries, look);
        var posts = new PostRoutes(queries);
        var links = new PostLinks(queries);
        var lines = new AuditRoutes(audit);
        var routes = RouterFunctions.route();
        for (var route : MarketRoute.values()) {
            @Nullable
            HandlerFunction<ServerResponse> handler = switch (route) {
                case DRAFT_CAMPAIGN -> campaigns::draft;
                case CAMPAIGNS -> campaigns::list;
                case CAMPAIGN -> campaigns::read;
                case ACTIVATE -> request -> campaigns.change(request, MarketCommand.ActivateCampaign::new);
                case PAUSE -> request -> campaigns.change(request, MarketCommand.PauseCampaign::new);
                case RESUME -> request -> campaigns.change(request, MarketCommand.ResumeCampaign::new);
                case CANCEL -> request -> campaigns.change(request, MarketCommand.CancelCampaign::new);
                case COMPLETE -> request -> campaigns.change(request, MarketCommand.CompleteCampaign::new);
                case DRAFT_TARGET -> targets::draft;
                case TARGETS -> targets::list;
                case TARGET -> targets::read;
                case EDIT_TARGET -> targets::edit;
                case TARGET_HISTORY -> targets::history;
                case SUBMIT_TARGET -> targets::submit;
                case PENDING -> moderation::pending;
                case REVIEW -> moderation::review;
                case APPROVE -> moderation::approve;
                case REJECT -> moderation::reject;
                case POSTS -> posts::list;
                case UNKNOWN_POSTS -> moderation::unknownPosts;
                case DECIDE_POST -> moderation::decidePost;
                case WALLET -> money::wallet;
                case ENTRIES -> money::entries;
                case WALLETS -> money::wallets;
                case DEPOSIT -> money::deposit;
                case CORRECTIONS -> money::corrections;
                case PROPOSE_CORRECTION -> money::propose;
                case APPROVE_CORRECTION -> money::approve;
                case AUDIT -> lines::list;
                case OFFER_CHANNEL -> channels::offer;
                case CHANNELS -> channels::list;
                case SWITCHES -> operations::switches;
                case TURN_SWITCH -> operations::turn;
                case POST_LINK -> links::follow;
                case DESCRIPTION -> operations::description;
                case LIVE -> operations::live;
                case READY -> operations::ready;
                // Spring Boot's own.
                case HEALTH, METRICS, OPERATIONS -> null;
            };
            if (handler != null) {
                routes.route(RequestPredicates.method(HttpMethod.valueOf(route.rule().method()))
                        .and(RequestPredicates.path(route.rule().path())), handler);
            }
        }
        return routes.filter(Problems::caught).build();
    }

    @Bean
    TracedRequests tracedRequests() {
        return new TracedRequests();
    }
}
