package dev.microvisor.analysis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The stages of the analysis know only those before them, and CDT is seen in one package. */
@AnalyzeClasses(
        packages = "dev.microvisor.analysis",
        importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule ONLY_THE_FRONT_END_SEES_CDT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.microvisor.analysis.frontend..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_AN_EDITOR_PROTOCOL =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.eclipse.lsp4j..");

    @ArchTest
    static final ArchRule THE_GRAPHS_KNOW_NO_OTHER_STAGE =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.analysis.ir..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.analysis.frontend..",
                            "dev.microvisor.analysis.engine..",
                            "dev.microvisor.analysis.rounds..",
                            "dev.microvisor.analysis.rules..",
                            "dev.microvisor.analysis.project..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_RULE =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.analysis.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.analysis.rounds..",
                            "dev.microvisor.analysis.rules..",
                            "dev.microvisor.analysis.frontend..");

    @ArchTest
    static final ArchRule ROUNDS_KNOW_NO_RULE =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.analysis.rounds..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.analysis.rules..",
                            "dev.microvisor.analysis.frontend..");
}
