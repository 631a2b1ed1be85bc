//! How Rails' sentence about an invalid record begins, in the languages of rails-i18n.
//!
//! Made by scripts/build/record-invalid.mjs of `record_invalid` in that project's locales, in each of its versions (MIT
//! licence): the text before `%{errors}`, without the space at its end. Not here: sl,
//! which has none; ug and uz, which begin with the errors; bn, dsb, gl, hsb and rm, which have no sentence of their own
//! and are answered in English.

/// One a line, none empty.
pub(crate) const BEGINNINGS: &str = "\
A validação falhou:
Balioztatze arazoa:
Convalide falide:
Có các lỗi sau:
D gültigkeitsprüefig hät nöd funktioniert:
Det oppstod feil:
Dh’fhàillig leis an dearbhadh:
Doğrulama başarısız oldu:
Ett fel uppstod:
Falidaasje mislearre:
Falla de validación:
Godkendelse gik galt:
Gwirio wedi methu:
Gültigkeitsprüfung ist fehlgeschlagen:
La validacion a fracassat :
La validació ha fallat:
La validación falló:
La validation a échoué :
Nabigo ang pagpapatunay:
Negatiwné sprôwdzenié pòprawnoscë:
Negatywne sprawdzenie poprawności:
Nepraeitos patikros:
Netefatso e fosahetse:
Pengesahan gagal:
Pārbaude neizdevās:
Sikertelen validálás
Tsy tontosa ny fankatoavana :
Uhalalishaji umeshindikana:
Validace je neúspešná:
Validacija nije uspela:
Validacija nije uspjela:
Validado malsukcesis:
Validare nereuşită
Validashon a faya:
Validasi gagal:
Validatie mislukt:
Validation failed:
Validatioun feelgeschlo:
Validatzione fallida:
Validazione fallita:
Valideerimine ebaõnnestus:
Validering het misluk:
Valideringa mislukka:
Validointi epäonnistui:
Validácia neúspešná:
Villur:
Vleftësimi dështoi:
Vlerësimi dështoi:
Wedi methu dilysu:
Yoxlama uğursuz oldu:
Znaleziono błędy:
Η επικύρωση απέτυχε:
Валидација није успела:
Виникли помилки:
Возникли ошибки:
Памылкі валідацыі:
Тексеру сәтсіз аяқталды:
Хаталар чыкты:
Шалгалт амжилтгүй:
имаше грешки:
неуспешна валидација:
Ստուգումը ձախողվեց.
האימות נכשל:
توثیق میں نا کا می:
رکورد نامعتبر است
فشل التحقّق من:
प्रमाणीकरण अयशस्वी:
मान्य भएन:
सत्यापन विफल:
ਪਰਮਾਣ ਫ਼ੇਲ ਹੋਇਆ:
ସଠିକ୍ ନୁହ:
சரிபார்த்தல் தோல்வியுற்றது:
ధ్రువీకరన విఫలమైనది:
ತಪ್ಪು ಆಧಾರ:
സാധൂകരണം പരാജയപ്പെട്ടു:
ไม่ผ่านการตรวจสอบ:
ການຢືນຢັນບໍ່ສຳເລັດ :
ཆ་འཇོག་འཐུས་ཤོར་ཡི་:
დადასტურება წარუმატებელია:
មិនមានសុពលភាព៖
バリデーションに失敗しました:
校驗失敗:
校驗失敗：
驗證失敗︰
驗證失敗：
验证失败:
验证失败：
데이터 검증에 실패하였습니다.";
