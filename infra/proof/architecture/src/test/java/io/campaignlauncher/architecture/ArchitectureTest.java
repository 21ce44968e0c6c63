package io.campaignlauncher.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.campaignlauncher.job.model.TextRules;
import io.campaignlauncher.job.model.Violation;

/** The shape of the house. A rule that matches no class fails, so that none can go stale unseen. */
@AnalyzeClasses(packages = "io.campaignlauncher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_job_model_knows_nothing_but_the_jdk = classes().that()
            .resideInAPackage("io.campaignlauncher.job.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.campaignlauncher.job.model..", "java..", "org.jspecify.annotations")
            .because("rules must be readable and testable without any framework; move what needs one to an edge");

    @ArchTest
    static final ArchRule the_market_model_knows_nothing_but_the_jdk_and_what_a_text_may_hold = classes().that()
            .resideInAPackage("io.campaignlauncher.market.model..")
            .should()
            .onlyDependOnClassesThat(JavaClass.Predicates
                    .resideInAnyPackage("io.campaignlauncher.market.model..", "java..", "org.jspecify.annotations")
                    .or(JavaClass.Predicates.belongToAnyOf(TextRules.class, Violation.class)))
            .because("rules must be readable and testable without any framework; move what needs one to an edge");

    @ArchTest
    static final ArchRule files_are_read_without_any_framework = classes().that()
            .resideInAPackage("io.campaignlauncher.launchfile..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.campaignlauncher.launchfile..", "io.campaignlauncher.job.model..",
                    "io.campaignlauncher.job.request..", "io.campaignlauncher.schemas..", "tools.jackson..",
                    "org.apache.commons.csv..", "org.apache.commons.compress..", "org.dhatim.fastexcel..",
                    "com.fasterxml.aalto..", "javax.xml.stream..", "java..", "org.jspecify.annotations")
            .because("a terminal, a service and a test read them alike; whoever offers them brings the account");

    @ArchTest
    static final ArchRule the_rules_of_notifications_know_nothing_but_the_job_and_the_jdk = classes().that()
            .resideInAPackage("io.campaignlauncher.job.notify.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.campaignlauncher.job.notify.model..", "io.campaignlauncher.job.model..", "java..",
                    "javax.crypto..", "org.jspecify.annotations")
            .because("rules must be readable and testable without any framework; move what needs one to an edge");

    @ArchTest
    static final ArchRule the_workers_models_know_no_framework = classes().that()
            .resideInAnyPackage("io.campaignlauncher.creation.model..", "io.campaignlauncher.verification.model..",
                    "io.campaignlauncher.rollback.model..", "io.campaignlauncher.accountcheck.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.campaignlauncher.creation.model..", "io.campaignlauncher.verification.model..",
                    "io.campaignlauncher.rollback.model..", "io.campaignlauncher.accountcheck.model..",
                    "io.campaignlauncher.schemas..",
                    "io.campaignlauncher.graph..", "io.campaignlauncher.pace..",
                    "io.campaignlauncher.worker.creation..",
                    "tools.jackson..", "org.apache.avro..", "java..", "org.jspecify.annotations")
            .because("a worker's rules speak the words of the schemas and of the Graph API, and nothing else");

    @ArchTest
    static final ArchRule who_somebody_is_follows_from_the_jdk_alone = classes().that()
            .resideInAnyPackage("io.campaignlauncher.identity.model..", "io.campaignlauncher.access.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.campaignlauncher.identity.model..", "io.campaignlauncher.access.model..", "java..",
                    "org.jspecify.annotations")
            .because("rules must be readable and testable without any framework; move what needs one to an edge");

    @ArchTest
    static final ArchRule the_figures_follow_from_the_jdk_alone = classes().that()
            .resideInAPackage("io.campaignlauncher.analytics.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.campaignlauncher.analytics.model..", "java..", "org.jspecify.annotations")
            .because("what is counted must be readable and testable without any topic; move what reads one to an edge");

    @ArchTest
    static final ArchRule analytics_know_the_topics_alone = noClasses().that()
            .resideInAPackage("io.campaignlauncher.analytics..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.campaignlauncher.job..",
                    "io.campaignlauncher.creation..", "io.campaignlauncher.verification..",
                    "io.campaignlauncher.rollback..", "io.campaignlauncher.graph..", "org.springframework.."))
            .because("they are what anybody could write who has the topics");

    @ArchTest
    static final ArchRule the_front_door_knows_nobody_behind_it = noClasses().that()
            .resideInAPackage("io.campaignlauncher.frontdoor..")
            .should()
            .dependOnClassesThat(
                    JavaClass.Predicates.resideInAnyPackage("io.campaignlauncher..", "org.springframework..")
                            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(
                                    "io.campaignlauncher.frontdoor.."))))
            .because("it stands before servers of every kind; whoever has one brings the settings");

    @ArchTest
    static final ArchRule no_package_knows_one_that_knows_it = SlicesRuleDefinition.slices()
            .matching("io.campaignlauncher.(**)")
            .should()
            .beFreeOfCycles()
            .because("two packages that know each other are one package");

    @ArchTest
    static final ArchRule kafka_clients_are_made_in_one_place = noClasses().that()
            .resideOutsideOfPackages("io.campaignlauncher.messaging..", "io.campaignlauncher.embedded..",
                    "io.campaignlauncher.testing..", "io.campaignlauncher.chaos..",
                    "io.campaignlauncher.benchmarks..")
            .should()
            .callConstructorWhere(target(owner(
                    nameMatching(
                            "org\\.apache\\.kafka\\.clients\\..*Kafka(Producer|Consumer|ShareConsumer|AdminClient)"))))
            .orShould()
            .callMethodWhere(target(nameMatching("create"))
                    .and(target(owner(nameMatching("org\\.apache\\.kafka\\.clients\\.admin\\.Admin(Client)?")))))
            .because(
                    "what a client must be set to, so that nothing is lost, stands in KafkaClients; what only tries the"
                            + " services is free to be another kind of client");

    @ArchTest
    static final ArchRule nobody_prints = noClasses().that()
            .resideInAnyPackage("io.campaignlauncher.job..", "io.campaignlauncher.creation..",
                    "io.campaignlauncher.verification..",
                    "io.campaignlauncher.rollback..", "io.campaignlauncher.messaging..", "io.campaignlauncher.worker..",
                    "io.campaignlauncher.pace..", "io.campaignlauncher.accountcheck..",
                    "io.campaignlauncher.look..", "io.campaignlauncher.identity..",
                    "io.campaignlauncher.graph..", "io.campaignlauncher.telegram", "io.campaignlauncher.sendonce..",
                    "io.campaignlauncher.telemetry..", "io.campaignlauncher.frontdoor..",
                    "io.campaignlauncher.access..", "io.campaignlauncher.market..",
                    "io.campaignlauncher.launchfile..", "io.campaignlauncher.console..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
