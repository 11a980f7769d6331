package dev.microvisor.symbols;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "dev.microvisor.symbols",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_ONLY_THE_JDK =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "dev.microvisor.symbols..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.microvisor.symbols.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ELF_KNOWS_NOTHING_OF_DWARF =
            noClasses()
                    .that()
                    .resideInAPackage("..symbols.elf..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..symbols.dwarf..");
}
