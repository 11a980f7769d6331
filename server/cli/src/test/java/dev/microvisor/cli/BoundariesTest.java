package dev.microvisor.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "dev.microvisor.cli",
        importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule NO_PARSER_AND_NO_PROTOCOL =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.eclipse..",
                            "dev.microvisor.analysis.frontend..",
                            "dev.microvisor.analysis.ir..",
                            "dev.microvisor.analysis.engine..");

    @ArchTest
    static final ArchRule OF_THE_LANGUAGE_SERVER_ONLY_ITS_ENTRY =
            classes()
                    .that()
                    .haveSimpleName("LspCommand")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("dev.microvisor.lsp.LanguageServerMain");

    @ArchTest
    static final ArchRule REPORTS_AND_FIXES_KNOW_NOTHING_OF_THE_COMMANDS =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.microvisor.cli.report..", "dev.microvisor.cli.fix..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.microvisor.cli");
}
