package dev.microvisor.lsp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.microvisor", importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule THE_SERVER_SEES_NO_PARSER_AND_NO_STAGE_OF_THE_ANALYSIS =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.lsp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.eclipse.cdt..",
                            "dev.microvisor.analysis.frontend..",
                            "dev.microvisor.analysis.ir..",
                            "dev.microvisor.analysis.engine..",
                            "dev.microvisor.cli..");

    @ArchTest
    static final ArchRule ONLY_THE_SERVER_SEES_THE_PROTOCOL =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.microvisor.lsp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.lsp4j..");

    @ArchTest
    static final ArchRule A_REQUEST_KNOWS_NOTHING_OF_THE_WIRING =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.lsp.requests..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.microvisor.lsp");
}
