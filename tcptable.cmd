@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs the program from this checkout, where it has been built: see tcptable beside this file.
setlocal

set "jar="
set "home=%~dp0java-api\program\target"
for /f "delims=" %%f in ('dir /b "%home%\tcptable-program-*-all.jar" 2^>nul') do set "jar=%home%\%%f"
if not defined jar (
  echo tcptable: not built yet; run: mvn -q -Dlauncher -pl java-api/program -am package 1>&2
  exit /b 125
)

rem TCPTABLE_JAVA names a java.exe; 22 and later need no native library.
set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined TCPTABLE_JAVA set "java=%TCPTABLE_JAVA%"

rem The width of the console, which Java cannot ask for: the second number that MODE shows.
if not defined COLUMNS for /f "tokens=2 delims=:" %%c in ('mode con 2^>nul ^| findstr /r ":.*[0-9]"') do call :number %%c

rem Where Java cannot start, or is older than 17, it ends with 1, which is the program's code for "nothing found": so
rem the program is asked for another one, that no Java has. 9009 is how this interpreter says that there is no such file.
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Dtcptable.nothing-found=79 -jar "%jar%" %*
set "code=%errorlevel%"
if "%code%"=="79" exit /b 1
if "%code%"=="1" goto no_java
if "%code%"=="9009" goto no_java
exit /b %code%

:no_java
echo tcptable: %java% could not start the program, which needs Java 17 or later; set TCPTABLE_JAVA to the java.exe of one, 1>&2
echo tcptable: or install one: winget install EclipseAdoptium.Temurin.25.JDK 1>&2
exit /b 125

:number
if defined COLUMNS exit /b 0
if defined lines (set "COLUMNS=%1") else (set "lines=%1")
exit /b 0
