package io.campaignlauncher.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.campaignlauncher.console.ConsoleService;
import io.campaignlauncher.creation.CreatorService;
import io.campaignlauncher.identity.IdentityService;
import io.campaignlauncher.job.JobService;
import io.campaignlauncher.moderation.ModerationService;
import io.campaignlauncher.posting.PostingService;
import io.campaignlauncher.rollback.RollbackService;
import io.campaignlauncher.verification.VerifierService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which services read a setting: those whose main class leads to the record that holds it, by whatever classes. */
final class SettingsReaders {

    private static final String HOUSE = "io.campaignlauncher";
    private static final Map<String, Class<?>> MAINS = mains();

    private final Map<String, Set<String>> reached = new LinkedHashMap<>();

    SettingsReaders() {
        var classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(HOUSE);
        MAINS.forEach((service, main) -> reached.put(service, reachedFrom(classes.get(main))));
    }

    private static Map<String, Class<?>> mains() {
        var mains = new LinkedHashMap<String, Class<?>>();
        mains.put("job-service", JobService.class);
        mains.put("creator-service", CreatorService.class);
        mains.put("verifier-service", VerifierService.class);
        mains.put("rollback-service", RollbackService.class);
        mains.put("identity-service", IdentityService.class);
        mains.put("moderation-service", ModerationService.class);
        mains.put("posting-service", PostingService.class);
        mains.put("console", ConsoleService.class);
        return mains;
    }

    static Set<String> services() {
        return MAINS.keySet();
    }

    /** In the order of {@link #services}. */
    List<String> of(Class<?> settings) {
        var readers = new ArrayList<String>();
        reached.forEach((service, classes) -> {
            if (classes.contains(settings.getName())) {
                readers.add(service);
            }
        });
        return readers;
    }

    private static Set<String> reachedFrom(JavaClass main) {
        var seen = new HashSet<String>();
        var left = new ArrayDeque<JavaClass>(List.of(main));
        while (!left.isEmpty()) {
            var next = left.remove();
            if (next.getPackageName().startsWith(HOUSE) && seen.add(next.getName())) {
                next.getDirectDependenciesFromSelf()
                        .forEach(one -> left.add(one.getTargetClass().getBaseComponentType()));
            }
        }
        return seen;
    }
}
