package io.campaignlauncher.console.model;

import io.campaignlauncher.console.model.Choices.Option;
import java.util.List;

/** Facebook's words that a form offers, in words for media buyers. What is not here can be said as JSON. */
public final class Options {

    public static final List<Option> OBJECTIVES = List.of(new Option("OUTCOME_TRAFFIC", "Traffic: visits to a page"),
            new Option("OUTCOME_SALES", "Sales: purchases and other conversions"),
            new Option("OUTCOME_LEADS", "Leads: contacts of people"),
            new Option("OUTCOME_ENGAGEMENT", "Engagement: likes, messages, video views"),
            new Option("OUTCOME_AWARENESS", "Awareness: as many people as possible"),
            new Option("OUTCOME_APP_PROMOTION", "App promotion: installs and use of an app"));
    public static final List<Option> CATEGORIES = List.of(new Option("EMPLOYMENT", "Employment"),
            new Option("HOUSING", "Housing"), new Option("CREDIT", "Credit"),
            new Option("FINANCIAL_PRODUCTS_SERVICES", "Financial products and services"),
            new Option("ISSUES_ELECTIONS_POLITICS", "Social issues, elections, politics"),
            new Option("ONLINE_GAMBLING_AND_GAMING", "Online gambling and gaming"));
    public static final List<Option> GOALS = List.of(new Option("LINK_CLICKS", "clicks on the link"),
            new Option("LANDING_PAGE_VIEWS", "views of the landing page"),
            new Option("OFFSITE_CONVERSIONS", "conversions on the website"),
            new Option("VALUE", "the value of conversions"), new Option("LEAD_GENERATION", "leads"),
            new Option("QUALITY_LEAD", "leads of quality"), new Option("REACH", "people reached"),
            new Option("IMPRESSIONS", "impressions"), new Option("POST_ENGAGEMENT", "engagement with the post"),
            new Option("THRUPLAY", "videos watched"), new Option("CONVERSATIONS", "conversations"),
            new Option("APP_INSTALLS", "installs of the app"));
    public static final List<Option> BILLING = List.of(new Option("IMPRESSIONS", "impressions"),
            new Option("LINK_CLICKS", "clicks on the link"), new Option("THRUPLAY", "videos watched"),
            new Option("POST_ENGAGEMENT", "engagement with the post"),
            new Option("APP_INSTALLS", "installs of the app"));
    public static final List<Option> GENDERS = List.of(new Option("women", "women"), new Option("men", "men"));
    public static final List<Option> ACTIONS = List.of(new Option("LEARN_MORE", "Learn more"),
            new Option("SHOP_NOW", "Shop now"), new Option("SIGN_UP", "Sign up"), new Option("BOOK_TRAVEL", "Book now"),
            new Option("CONTACT_US", "Contact us"), new Option("DOWNLOAD", "Download"),
            new Option("GET_OFFER", "Get offer"), new Option("SUBSCRIBE", "Subscribe"),
            new Option("APPLY_NOW", "Apply now"), new Option("INSTALL_MOBILE_APP", "Install the app"));
    public static final List<Option> DUPLICATES = List.of(new Option("REJECT", "do not launch"),
            new Option("WARN", "launch all the same"));

    private Options() {}
}
