package io.campaignlauncher.console.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is said of a file that is launched: for whom, where, and how it is read. */
public record FileForm(Map<String, String> values) {

    private static final List<String> PLACE = List.of("userId", "adAccountId", "credentialId");
    private static final List<String> READING = List.of("currency", "timeZone", "numberRepeatedNames");

    /** As Facebook bills. */
    public static final List<String> CURRENCIES = List.of("USD", "EUR", "GBP", "CAD", "AUD", "BRL", "CHF", "CLP",
            "COP", "CZK", "DKK", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "PEN", "PHP",
            "PLN", "RON", "SEK", "SGD", "THB", "TRY", "TWD", "VND", "ZAR");
    /** To begin with; every name of a time zone is taken. */
    public static final List<String> ZONES = List.of("America/Los_Angeles", "America/New_York", "America/Chicago",
            "America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Warsaw",
            "Europe/Kyiv", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney");

    public FileForm {
        values = Map.copyOf(values);
    }

    /** @param sent whatever else is in it is left out */
    public static FileForm of(Map<String, String> sent) {
        var values = new HashMap<String, String>();
        PLACE.forEach(name -> values.put(name, sent.getOrDefault(name, "").strip()));
        READING.forEach(name -> values.put(name, sent.getOrDefault(name, "").strip()));
        return new FileForm(values);
    }

    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** How the file is read. */
    public Map<String, String> reading() {
        return given(READING);
    }

    /** The same, and where it is launched. */
    public Map<String, String> launching() {
        var all = new LinkedHashMap<>(given(PLACE));
        all.putAll(reading());
        return all;
    }

    private Map<String, String> given(List<String> names) {
        var given = new LinkedHashMap<String, String>();
        names.stream().filter(name -> !text(name).isEmpty()).forEach(name -> given.put(name, text(name)));
        return given;
    }
}
