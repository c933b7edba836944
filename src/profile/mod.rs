//! STUB
#![allow(missing_docs)]
use crate::error::Result;
#[derive(Default)] pub struct Profile;
impl Profile { pub fn observe(&mut self,_:Option<&str>,_:Option<&str>,_:&str,_:bool,_:f64){} pub fn suggest_tier(&self,_:Option<&str>,_:Option<&str>,_:f64)->Option<&'static str>{None} pub fn snapshot_bytes(&self)->Result<Vec<u8>>{Ok(vec![])} pub fn restore(&mut self,_:&[u8])->Result<()>{Ok(())} }
