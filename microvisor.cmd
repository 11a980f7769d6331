@echo off
rem microvisor: the one command of Microvisor Tools, on Windows. The same as the shell script beside it,
rem but it builds only when a jar is missing: it does not look for newer sources.
setlocal EnableExtensions DisableDelayedExpansion

set "ROOT=%~dp0"
if "%ROOT:~-1%"=="\" set "ROOT=%ROOT:~0,-1%"

set "COMMAND=%~1"
if "%COMMAND%"=="" goto usage
for %%C in (-h --help help) do if "%COMMAND%"=="%%C" goto help
for %%C in (-V --version version) do if "%COMMAND%"=="%%C" goto version
for %%C in (lint explain rules score) do if "%COMMAND%"=="%%C" goto lint
if "%COMMAND%"=="lsp" goto lsp
for %%C in (run dap cloud) do if "%COMMAND%"=="%%C" goto debug
>&2 echo microvisor: there is no command '%COMMAND%'. The commands are: lint, explain, rules, score, lsp, run, dap, cloud.
exit /b 2

:lint
set "PART=server"
set "MODULE=server\cli"
set "FLAGS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
goto java

:lsp
set "PART=server"
set "MODULE=server\cli"
set "FLAGS=-XX:+UseSerialGC -Xms160m -Xmn96m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
goto java

:debug
set "PART=debug"
set "MODULE=debug-adapter\cli"
set "FLAGS=-XX:+UseSerialGC"

:java
set "JAR=%ROOT%\%MODULE%\target\microvisor-%PART%.jar"

set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
rem By way of a file: a pipe inside of for /f cannot be quoted so that every folder may have a space.
set "ANSWER=%TEMP%\microvisor-java-%RANDOM%%RANDOM%.txt"
"%JAVA%" -version >"%ANSWER%" 2>&1
set "MAJOR="
for /f "usebackq tokens=2,3" %%A in ("%ANSWER%") do if "%%A"=="version" if not defined MAJOR set "MAJOR=%%~B"
del /q "%ANSWER%"
for /f "tokens=1 delims=.-+" %%M in ("%MAJOR%") do set "MAJOR=%%M"
if not defined MAJOR (
    >&2 echo microvisor: needs Java 17 or later. Install it, or set JAVA_HOME to its folder.
    exit /b 2
)
if %MAJOR% LSS 17 (
    >&2 echo microvisor: needs Java 17 or later, but %JAVA% is Java %MAJOR%. Set JAVA_HOME to a newer one.
    exit /b 2
)

if exist "%JAR%" goto start
if defined MICROVISOR_NO_BUILD (
    >&2 echo microvisor: %JAR% is not built, and MICROVISOR_NO_BUILD forbids building it
    exit /b 2
)
where /q mvn
if errorlevel 1 (
    >&2 echo microvisor: %JAR% is not built and Maven ^(mvn^) is not on PATH. Install Maven 3.8 or later.
    exit /b 2
)
>&2 echo microvisor: first use: building microvisor-%PART%.jar
pushd "%ROOT%"
call mvn -q -B -Dstyle.color=never -DskipTests -pl %MODULE:\=/% -am package 1>&2 <nul
if errorlevel 1 (
    popd
    >&2 echo microvisor: the build failed; see above
    exit /b 2
)
popd

:start
"%JAVA%" %FLAGS% %MICROVISOR_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:version
set "VERSION="
for /f "usebackq tokens=1,2 delims=<> " %%A in ("%ROOT%\pom.xml") do if "%%A"=="version" if not defined VERSION set "VERSION=%%B"
echo microvisor %VERSION%
exit /b 0

:usage
call :text 1>&2
exit /b 2

:help
call :text
exit /b 0

:text
echo usage: microvisor COMMAND [arguments]
echo.
echo Checks C and C++ firmware for the Microvisor hypervisor, runs and debugs it in a bundled emulator.
echo.
echo   lint [PATH...]      find mistakes in the use of the Microvisor API
echo   score LABELS TREES  how good lint is, by labels that people made
echo   explain RULE        the page of one rule
echo   rules               the list of rules
echo   lsp                 language server on standard input and output
echo   run FIRMWARE.elf    run firmware in the emulator, against a local cloud
echo   dap                 debug adapter on standard input and output, or --port
echo   cloud               the Microvisor REST API on loopback, for provisioning scripts
echo.
echo   COMMAND --help      all options of one command
echo   --help, --version
exit /b 0
